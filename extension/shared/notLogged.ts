/** What stands for an argument that a foreign log does not tell: it may have been anything. */
export const NOT_LOGGED = 'not logged';
