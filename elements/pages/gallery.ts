/** The gallery: an element live, in a frame as on a task page, its attributes to edit and its answer as it changes. */
import { AttributeList } from './gallery/attribute-list.ts';
import { located, pageOf, type Around, type Example, type GalleryData } from './gallery/example.ts';
import { FrameLink } from './portal/frame-link.ts';
import type { Answer } from '../src/frame/protocol.ts';

const part = <T extends HTMLElement>(selector: string): T => document.querySelector<T>(selector)!;

/** An answer may change by itself: a picture has come, a script has set something. In milliseconds. */
const LOOK_EVERY = 500;

/** The list has a place beside the element; the style sheet says the same. */
const BESIDE = matchMedia('(width > 720px)');

/** The frame is as high as what it shows, in pixels: a dialog needs some room, and more is scrolled. */
const [LOWEST, HIGHEST] = [240, 640];

const nothing = (): void => {};

class Gallery {
  private readonly data = JSON.parse(part('#gallery-data').textContent!) as GalleryData;
  private readonly attributes = new AttributeList(part('#attributes'), (name, value) => this.setAttribute(name, value));
  private readonly content = part<HTMLTextAreaElement>('#content');
  private readonly frame = new FrameLink(part<HTMLIFrameElement>('#page'), this.frameEvents, new AbortController().signal);

  private around: Around = ['', ''];

  start(): void {
    const choice = part<HTMLSelectElement>('#example');
    choice.addEventListener('change', () => this.show(this.data.examples[choice.selectedIndex]!));
    this.content.addEventListener('change', () => this.open());
    part('#again').addEventListener('click', () => this.open());
    addEventListener('message', ({ source, data }) => {
      if (source !== part<HTMLIFrameElement>('#page').contentWindow) return;
      if (data?.type === 'secondlook:attributes') this.observe(data.names);
      if (data?.type === 'secondlook:height') this.fit(Number(data.height));
    });
    setInterval(() => document.visibilityState === 'visible' && this.flush(), LOOK_EVERY);
    this.show(this.data.examples[0]!);
    this.foldList();
  }

  /** Where the list of all elements stands above, it waits until it is wanted. */
  private foldList(): void {
    const list = part<HTMLDetailsElement>('.tags');
    const fold = (): void => void (list.open = BESIDE.matches);
    BESIDE.addEventListener('change', fold);
    fold();
    // Not into view, which would move the page too.
    list.scrollTop = list.querySelector<HTMLElement>('[aria-current]')!.offsetTop - list.clientHeight / 2;
  }

  private observe(names: unknown[]): void {
    this.attributes.observe(names.map(String));
    this.flush();
  }

  private fit(height: number): void {
    const frame = part('#page');
    const edges = frame.offsetHeight - frame.clientHeight;
    frame.style.height = `${Math.min(Math.max(LOWEST, height), HIGHEST) + edges}px`;
  }

  private get frameEvents() {
    return {
      ready: () => this.flush(),
      dirty: nothing,
      draft: ({ answer }: { answer: Answer }) => this.answer('Answer', answer),
      unchanged: ({ answer }: { answer: Answer }) => this.renew(answer),
      unkept: (reason: string) => this.answer(`Not to be kept: ${reason}`),
      submit: (answer: Answer) => this.answer('Submitted', answer),
      previous: nothing,
      preference: nothing,
      error: (message: string) => this.answer(`The page reports: ${message}`),
      left: () => this.answer('The page led itself elsewhere'),
      silent: () => this.answer('The page does not answer'),
      flooded: () => this.answer('The page sends without end and was cut off'),
    };
  }

  private show({ attributes, content, around }: Example): void {
    this.around = around;
    this.content.value = content;
    this.attributes.show(attributes);
    this.open();
  }

  /** The page anew, with the attributes and the content as they are. */
  private open(): void {
    part('#page').style.height = '';
    part('#page').dataset.fragment = `#${encodeURIComponent(pageOf(this.data, this.attributes.values, this.content.value, this.around))}`;
    this.frame.open();
  }

  /** Attributes are live: the element hears of the change where it stands. */
  private setAttribute(name: string, value: string | null): void {
    const message = { type: 'secondlook:attribute', name, value: value === null ? null : located(value, this.data) };
    part<HTMLIFrameElement>('#page').contentWindow?.postMessage(message, '*');
  }

  private flush(): void {
    void this.frame.flush();
  }

  /** What was said last stays, and an answer that was submitted. */
  private renew(answer: Answer): void {
    const title = part('#answer-title').textContent!;
    if (title !== 'Submitted') this.answer(title, answer);
  }

  private answer(title: string, answer?: Answer): void {
    part('#answer-title').textContent = title;
    if (answer) part('#answer').textContent = JSON.stringify(answer, null, 2);
  }
}

new Gallery().start();
