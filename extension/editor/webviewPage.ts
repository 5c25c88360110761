import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** A page of ours, by the name of its script: no inline script, no inline style, nothing from elsewhere. */
export function webviewPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  script: 'webview' | 'comparison',
): string {
  const nonce = randomBytes(16).toString('base64url');
  const uri = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', name)).toString();
  // The hash is that of the empty style element which the toolkit adds.
  const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} ${emptyStyle}`,
    `font-src ${webview.cspSource}`,
    // The view turns its drawing into a PNG by way of an image.
    `img-src ${webview.cspSource} data:`,
  ].join('; ');
  return [
    '<!DOCTYPE html>',
    `<html lang="${vscode.env.language}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<link rel="stylesheet" href="${uri(`${script}.css`)}">`,
    '</head>',
    '<body>',
    '<div id="app"></div>',
    `<script nonce="${nonce}" src="${uri(`${script}.js`)}"></script>`,
    '</body>',
    '</html>',
  ].join('\n');
}
