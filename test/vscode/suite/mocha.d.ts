// The little of mocha 11 that the tests inside VS Code use.
declare module 'mocha' {
  interface Test {
    readonly title: string;
    fullTitle(): string;
  }
  interface Runner {
    on(event: 'pass' | 'pending', listener: (test: Test) => void): this;
    on(event: 'fail', listener: (test: Test, error: Error) => void): this;
  }
  interface Context {
    timeout(milliseconds: number): this;
    skip(): never;
  }
  type Body = (this: Context) => void | Promise<void>;
  // biome-ignore lint/style/noDefaultExport: mocha is made so
  export default class Mocha {
    constructor(options: { ui: 'tdd'; timeout: number; color?: boolean });
    addFile(file: string): this;
    run(done: (failures: number) => void): Runner;
  }
  export function suite(title: string, body: () => void): void;
  export function suiteSetup(body: Body): void;
  export function suiteTeardown(body: Body): void;
  export function setup(body: Body): void;
  export function teardown(body: Body): void;
  export function test(title: string, body: Body): void;
}
