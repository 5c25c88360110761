/**
 * What stands for an argument that a foreign log does not tell: it may have been anything. As the result of a call: nothing tells that
 * it has succeeded, or, of one with an error, why it failed.
 */
export const NOT_LOGGED = 'not logged';
