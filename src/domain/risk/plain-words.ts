import { folded } from '#domain/person/folded.ts'

/** Words for finding people; anything that is no letter or digit parts words. */
export function plainWords(text: string): readonly string[] {
  return folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}
