// Stands in for @vscode/native-watchdog, a native addon.
exports.start = () => undefined;
