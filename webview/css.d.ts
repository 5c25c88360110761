/** Style sheets that the bundler collects into webview.css. */
declare module '*.css';
