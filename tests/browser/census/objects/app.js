// A small application, as templates load theirs: what it shows is made by script, and a worker reads the file.
const root = document.getElementById('root');
const labels = JSON.parse(root.dataset.labels);
const chosen = [];

root.innerHTML = `<p id="status"></p><p id="note">${root.dataset.note ?? 'no note'}</p>`;

function fallBack() {
  const worker = new Worker(URL.createObjectURL(new Blob(["onmessage = ({data}) => postMessage(data.length + ' words')"])));
  worker.onmessage = ({ data }) => {
    document.getElementById('status').textContent = data;
  };
  fetch(root.dataset.blocks).then(async (response) => {
    const words = await response.json();
    worker.postMessage(words);
    for (const [at, word] of words.entries()) {
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: word[0] });
      button.onclick = () => chosen.push({ at, label: labels[0] });
      root.append(button);
    }
  });
}

const far = new Worker(window.pdfWorker);
far.onerror = (event) => {
  event.preventDefault();
  fallBack();
};

function collect() {
  document.querySelector('[name=entities]').value = JSON.stringify(chosen);
  return chosen.length > 0 || ((document.getElementById('status').textContent = 'Choose a word first'), false);
}
