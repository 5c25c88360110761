const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Whether a text can be a method or the name of a header: a token (RFC 9110, section 5.6.2). */
export function isHttpToken(text: string): boolean {
  return TOKEN.test(text);
}

/** A text without the blanks and tabs around it (RFC 9110, section 5.6.3): no other character around a header's value is white space. */
export function trimBlanks(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (start < end && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
