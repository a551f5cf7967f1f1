// What the SDK expects of a browser, on top of Node: an XMLHttpRequest, and a page on which a click on
// a link saves a file.

/** Where relative URLs lead; the page of a browser would say it. */
export const page = { origin: '', saved: [] };

export class XmlHttpRequest {
  constructor() {
    this.readyState = 0;
    this.status = 0;
    this.response = '';
    this.responseType = '';
    this.upload = {};
    this.headers = {};
    this.aborter = new AbortController();
  }

  open(method, url) {
    this.method = method;
    this.url = new URL(url, page.origin);
    this.readyState = 1;
  }

  setRequestHeader(name, value) {
    this.headers[name] = value;
  }

  async send(body) {
    const options = { method: this.method, headers: this.headers, body, signal: this.aborter.signal };
    try {
      const answer = await fetch(this.url, options);
      this.response = await (this.responseType === 'blob' ? answer.blob() : answer.text());
      this.status = answer.status;
      this.statusText = answer.statusText;
    } catch (error) {
      this.readyState = 4;
      return this.aborter.signal.aborted ? this.onabort(error) : this.onerror(error);
    }
    this.readyState = 4;
    this.upload.onprogress?.({ lengthComputable: true, loaded: 1, total: 1 });
    return this.onload();
  }

  abort() {
    this.aborter.abort();
  }
}

globalThis.document = {
  body: { appendChild() {}, removeChild() {} },
  createElement: () => ({
    style: {},
    setAttribute(name, value) {
      this[name] = value;
    },
    click() {
      page.saved.push({ name: this.download, content: this.href.blob });
    },
  }),
};
globalThis.window = {
  get location() {
    return { origin: page.origin };
  },
  URL: { createObjectURL: (blob) => ({ blob }), revokeObjectURL() {} },
};
globalThis.FileReader = class {
  async readAsText(blob) {
    this.result = await blob.text();
    this.onload();
  }
};
