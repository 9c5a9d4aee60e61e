import { folded } from '#domain/person/folded.ts'

/** Words for finding people; anything that is not a letter or digit separates words. */
export function plainWords(text: string): readonly string[] {
  return folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}
