import { deepestJson } from './json-walk.ts'

const quote = 34
const backslash = 92

/** Whether lists and objects of a JSON text are nested more deeply than is allowed here. */
export function exceedsJsonDepthLimit(json: string): boolean {
  let depth = 0
  for (let at = 0; at < json.length; at++) {
    const unit = json.charCodeAt(at)
    if (unit === quote) at = endOfText(json, at)
    else depth += step(unit)
    if (depth > deepestJson) return true
  }
  return false
}

function step(unit: number): number {
  if (unit === 91 || unit === 123) return 1
  return unit === 93 || unit === 125 ? -1 : 0
}

function endOfText(json: string, from: number): number {
  let at = from + 1
  while (at < json.length && json.charCodeAt(at) !== quote) {
    at += json.charCodeAt(at) === backslash ? 2 : 1
  }
  return at
}
