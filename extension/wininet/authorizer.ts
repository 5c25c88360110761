import * as constants from '../shared/constants.ts';
import {
  AUTHENTICATION_SIDES,
  Authentication,
  type AuthenticationSide,
  type AuthorizedRequest,
  schemesOf,
  strongest,
} from './authentication.ts';
import type { Credentials } from './basicAuthentication.ts';
import { credentialsGiven, giveCredentials } from './credentials.ts';
import type { Engine } from './engine.ts';
import type { HandleRecord } from './handleStore.ts';
import type { HttpAnswer } from './ports/http.ts';

type RequestRecord = HandleRecord<'http-request'>;

/** A server may call a nonce stale only so often: nobody is to be kept asking. */
const MAX_REFRESHES = 3;

/** Convinces one side, the server or the proxy, while a request is sent. */
export class Authorizer {
  readonly #engine: Engine;
  readonly #record: RequestRecord;
  readonly #side: AuthenticationSide;
  #sent: Authentication | null = null;
  /** What was sent was refused before: a refusal says nothing of what the program gives now. */
  #sentOnceMore = false;
  #path = '/';
  #place = '';
  #refreshes = 0;

  constructor(engine: Engine, record: RequestRecord, side: AuthenticationSide) {
    this.#engine = engine;
    this.#record = record;
    this.#side = side;
  }

  /**
   * The header value that goes with the next request; null for none.
   * As recorded, what is remembered goes at once only where the program has named no user of its own and set no such header, and
   * what ended the last sending goes once more, though the program may have given a better password meanwhile: that waits for the
   * next challenge.
   * @param place whom to convince, as `http://host:port`
   */
  header(request: AuthorizedRequest, place: string): string | null {
    this.#place = place;
    this.#path = this.#side === 'server' ? request.target : '/';
    const { refused } = this.#record.data;
    const again = refused[this.#side];
    this.#sentOnceMore = again !== null;
    refused[this.#side] = null;
    this.#sent = this.#mayAnswer() && !this.#hasOwnHeader ? (again ?? this.#first()) : null;
    return this.#sent?.authorization(request) ?? null;
  }

  /** Is a refusal worth another try? Then the next header answers it. */
  again(answer: HttpAnswer): boolean {
    if (answer.status !== AUTHENTICATION_SIDES[this.#side].status || !this.#mayAnswer()) return false;
    const refused = this.#sent;
    const { accepted } = this.#record.data;
    if (refused?.refreshed(answer, this.#side) === true && this.#refreshes < MAX_REFRESHES) {
      this.#refreshes += 1;
      accepted[this.#side] = refused;
      return true;
    }
    accepted[this.#side] = null;
    if (refused !== null) this.#engine.credentials.forget(this.#place, refused.realm);
    const next = this.#answerTo(answer, this.#sentOnceMore ? null : refused);
    accepted[this.#side] = next;
    if (next === null) return false;
    // As recorded, a header of the program's that was refused gives way to its name and password.
    this.#record.data.headers.remove(AUTHENTICATION_SIDES[this.#side].answer);
    return true;
  }

  /** The answer is no refusal: what was sent is good for other requests too. */
  accepted(answer: HttpAnswer): void {
    if (this.#sent === null) return;
    const { accepted, refused } = this.#record.data;
    if (answer.status === AUTHENTICATION_SIDES[this.#side].status) {
      accepted[this.#side] = null;
      refused[this.#side] = this.#sent;
      return;
    }
    this.#sent.accepted(answer, this.#side);
    accepted[this.#side] = this.#sent;
    this.#engine.credentials.remember(this.#place, this.#path, this.#sent);
  }

  /** The program's password is for the server that it named, not for one that a server names, whenever that asks for it. */
  leave(): void {
    this.#record.data.left = { credentials: credentialsGiven(this.#record, this.#side) };
    this.#record.data.accepted[this.#side] = null;
    this.#record.data.refused[this.#side] = null;
  }

  #first(): Authentication | null {
    const kept = this.#record.data.accepted[this.#side];
    const own = this.#own();
    if (kept !== null && (own === null || isSame(own, kept.credentials))) return kept;
    if (own !== null && this.#side === 'server') return null;
    const known = this.#engine.credentials.forPath(this.#place, this.#path);
    return known !== null && (own === null || isSame(own, known.credentials)) ? this.#taken(known) : null;
  }

  #answerTo(answer: HttpAnswer, refused: Authentication | null): Authentication | null {
    const challenge = strongest(answer, this.#side);
    if (challenge === null) {
      this.#explain(answer);
      return null;
    }
    const own = this.#own();
    if (own === null) {
      return refused === null ? this.#taken(this.#engine.credentials.forRealm(this.#place, challenge.realm)) : null;
    }
    if (refused !== null && isSame(own, refused.credentials)) return null;
    return new Authentication(own, challenge.realm, challenge.digest);
  }

  /** Wine's test-suite asserts it of Windows: a session that has no name of its own then tells the one that was remembered. */
  #taken(remembered: Authentication | null): Authentication | null {
    if (remembered !== null && this.#side === 'server' && this.#record.data.left === null) {
      giveCredentials(this.#record, this.#side, remembered.credentials);
    }
    return remembered;
  }

  #mayAnswer(): boolean {
    const { data, options } = this.#record;
    if (data.has(constants.INTERNET_FLAG_NO_AUTH)) return false;
    return this.#side === 'proxy' || !options.suppressServerAuth;
  }

  get #hasOwnHeader(): boolean {
    return this.#record.data.headers.get(AUTHENTICATION_SIDES[this.#side].answer) !== undefined;
  }

  #own(): Credentials | null {
    const given = credentialsGiven(this.#record, this.#side);
    if (given === null || this.#side === 'proxy') return given;
    const withheld = this.#record.data.left?.credentials ?? null;
    return withheld !== null && isSame(given, withheld) ? null : given;
  }

  /** NTLM and Negotiate need what only Windows has: the program gets the refusal, the journal says why. */
  #explain(answer: HttpAnswer): void {
    const schemes = schemesOf(answer, this.#side);
    if (schemes === '') return;
    const text = `The ${this.#side} asks for ${schemes}; Basic and Digest can be answered here, so the program gets the ${answer.status}.`;
    const { serial } = this.#record.handle;
    this.#engine.reports.note({ topic: 'unanswered-challenge', serial, call: null, text });
  }
}

function isSame(one: Credentials, other: Credentials): boolean {
  return one.user === other.user && one.password === other.password;
}
