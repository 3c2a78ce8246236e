"""Pictures as Rekognition moderates them: from what a classifier says to labels in two levels and more. Pure."""
