import type { Call } from './tab-channels.ts'

/** `again`: the call was begun before, by an owner that was lost */
export type CallHandler = (request: Request, again?: boolean) => Promise<Response>

/** The request of the call; `method` and `url` may be replaced, the body then is left out. */
export function callRequest(call: Call, instead?: { method: string; url: string }): Request {
  return new Request(instead?.url ?? call.url, {
    method: instead?.method ?? call.method,
    headers: call.headers
      .filter(([name]) => !instead || !/^(content-|if-)/i.test(name))
      .map(([name, value]): [string, string] => [name, value]),
    body: instead ? null : call.body,
  })
}
