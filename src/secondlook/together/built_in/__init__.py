"""The built-in task types: loops that Textract and Rekognition start of their own answers [output-data.md]. Pure."""
