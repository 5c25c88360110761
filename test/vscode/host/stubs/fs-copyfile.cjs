// Stands in for @vscode/fs-copyfile, a native addon. VS Code's git extension does not start without it.
const fs = require('node:fs');

exports.copyFile = fs.promises.copyFile;
exports.copyFileSync = fs.copyFileSync;
exports.cp = (source, target, options) => fs.promises.cp(source, target, { recursive: true, ...options });
exports.constants = fs.constants;
exports.isCloneSupported = () => false;
