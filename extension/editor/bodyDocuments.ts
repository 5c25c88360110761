import * as vscode from 'vscode';

const SCHEME = 'hinternet-body';

/** A text to show. */
export interface BodyText {
  /** Name on the tab. */
  readonly name: string;
  readonly text: string;
  readonly language: string;
}

/** A body that has been read from a handle and is kept while its document is open. */
export interface KeptBody {
  readonly uri: vscode.Uri;
  /** How often the request had been sent when it was read: a newer answer has another body. */
  readonly version: number;
  readonly pieces: readonly Uint8Array[];
  /** False if only the beginning was read. */
  readonly complete: boolean;
}

/**
 * Read-only documents with what servers sent. Nothing is written to disk; when a document is closed, its text is forgotten.
 */
export class BodyDocuments implements vscode.Disposable, vscode.TextDocumentContentProvider {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #texts = new Map<string, string>();
  readonly #bodies = new Map<number, KeptBody>();
  readonly #registrations: readonly vscode.Disposable[];
  #count = 0;

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#registrations = [
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forgetLater(uri)),
      this.#changed,
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#texts.get(uri.toString()) ??
      vscode.l10n.t('What a server sent is kept only while it is shown: read the response again.')
    );
  }

  /** The body that is shown for a handle. */
  bodyOf(serial: number): KeptBody | undefined {
    return this.#bodies.get(serial);
  }

  /** Shows the body of a handle and keeps it until its document is closed. */
  async showBody(serial: number, shown: BodyText, body: Omit<KeptBody, 'uri'>): Promise<vscode.Uri> {
    const uri = this.#uri(String(serial), shown.name);
    this.#bodies.set(serial, { ...body, uri });
    return await this.#show(uri, shown);
  }

  /** Shows a text that belongs to no handle. */
  async showText(name: string, text: string, language = 'plaintext'): Promise<vscode.Uri> {
    this.#count += 1;
    return await this.#show(this.#uri(`text-${this.#count}`, name), { name, text, language });
  }

  /** Shows the document of a body again. */
  async showAgain({ uri }: KeptBody): Promise<vscode.Uri> {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
    return uri;
  }

  dispose(): void {
    for (const registration of this.#registrations) registration.dispose();
    this.#texts.clear();
    this.#bodies.clear();
  }

  async #show(uri: vscode.Uri, { text, language }: BodyText): Promise<vscode.Uri> {
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    const opened = await vscode.workspace.openTextDocument(uri).then(undefined, (error: unknown) => {
      this.#forget(uri.toString());
      throw error;
    });
    const known = await vscode.languages.getLanguages();
    const document = known.includes(language)
      ? await vscode.languages.setTextDocumentLanguage(opened, language)
      : opened;
    await vscode.window.showTextDocument(document, { preview: false });
    return uri;
  }

  #uri(folder: string, name: string): vscode.Uri {
    return vscode.Uri.from({ scheme: SCHEME, path: `/${folder}/${name.replace(/[/\\]/g, '_')}` });
  }

  #forgetLater(uri: vscode.Uri): void {
    if (uri.scheme !== SCHEME) return;
    // A change of language closes a document and opens it again at once: look when that is over.
    setImmediate(() => {
      const key = uri.toString();
      if (vscode.workspace.textDocuments.some((document) => document.uri.toString() === key)) return;
      this.#forget(key);
    });
  }

  #forget(key: string): void {
    this.#texts.delete(key);
    for (const [serial, body] of this.#bodies) if (body.uri.toString() === key) this.#bodies.delete(serial);
  }
}
