/** The script of pdf.js' worker: the build makes a file of it, and this its address beside the chunks (`pdf-files.mjs`). */
declare module 'pdf-worker.js' {
  const file: string;
  export default file;
}
