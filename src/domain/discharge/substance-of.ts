import { folded } from '#domain/person/folded.ts'

const unit =
  '(?:mg|g|kg|mcg|ug|μg|ng|micrograms?|nanograms?|milligrams?|grams?|ml|units?|iu|mmol|%)(?![a-z])'
/** “40 mg”, “500mg/125mg”, “100 units/ml”, “100 micrograms/dose”. A number without a unit is part of a name: “NovoMix 30”. */
const strength = new RegExp(
  `\\d[\\d.,]*\\s*${unit}(?:\\s*/\\s*(?:(?:\\d[\\d.,]*\\s*)?${unit}|dose))*`,
  'gu',
)
/** Forms to swallow that are taken alike. Another route, or a slow release, makes it another row. */
const forms = new Set(
  [
    'tablet tablets tab tabs capsule capsules cap caps caplet caplets',
    'film coated gastro resistant dispersible effervescent soluble oral solution suspension',
  ].flatMap((each) => each.split(' ')),
)

/** A name of a medicine as its substance, and what else it says. */
type NameParts = Readonly<{
  /** every word of the name, without strength and form, to compare */
  substance: string
  /** strength and form, to compare; empty: it does not say */
  rest: string
}>

const wordsIn = (text: string) => text.split(/[^\p{L}\p{N}.,%]+/u).filter(Boolean)

/** “Co-amoxiclav 500 mg/125 mg tablets”: “co amoxiclav”. Two are one substance only if every word of it is the same. */
export function substanceOf(name: string): NameParts {
  const whole = folded(name)
  const strengths = whole.match(strength) ?? []
  const words = wordsIn(whole.replaceAll(strength, ' '))
  return {
    substance: words.filter((each) => !forms.has(each)).join(' '),
    rest: [...strengths, ...words.filter((each) => forms.has(each))].join(' ').replaceAll(' ', ''),
  }
}
