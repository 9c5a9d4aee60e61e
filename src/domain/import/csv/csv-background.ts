import type { Patient } from '@medplum/fhirtypes'

/** The extension of HL7 UK Core for the ethnic category of a person. */
const ethnicUrl = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory'
const ethnicSystem = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategory'

/** The codes of the NHS Data Dictionary (ETHNIC CATEGORY 2001); Z is “not stated”. */
const ethnicCode = /^([A-HJ-NPRSZ])(?:[ :-].*)?$/i

type Background = Readonly<{ ethnicity?: string; language?: string }>

/** What a list says about where somebody comes from and which language they speak. */
export const csvBackground = ({
  ethnicity,
  language,
}: Background): Pick<Patient, 'extension' | 'communication'> => ({
  ...ethnicCategoryOf(ethnicity),
  ...spokenLanguageOf(language),
})

/** By its code, otherwise in the words of the list. */
function ethnicCategoryOf(said: string | undefined): Pick<Patient, 'extension'> {
  if (!said) return {}
  const code = ethnicCode.exec(said)?.[1]?.toUpperCase()
  const concept = code
    ? { coding: [{ system: ethnicSystem, code }], ...(said.length > 1 ? { text: said } : {}) }
    : { text: said }
  return { extension: [{ url: ethnicUrl, valueCodeableConcept: concept }] }
}

/** The languages that British lists name most (Census 2021, main language), by their tags (BCP 47). */
const tags: Readonly<Record<string, string>> = {
  ...{ english: 'en', welsh: 'cy', polish: 'pl', romanian: 'ro', panjabi: 'pa', punjabi: 'pa' },
  ...{ urdu: 'ur', portuguese: 'pt', spanish: 'es', arabic: 'ar', bengali: 'bn', gujarati: 'gu' },
  ...{ italian: 'it', french: 'fr', chinese: 'zh', tamil: 'ta', turkish: 'tr', hungarian: 'hu' },
  ...{ ukrainian: 'uk', farsi: 'fa', persian: 'fa', somali: 'so', russian: 'ru', hindi: 'hi' },
}

function spokenLanguageOf(said: string | undefined): Pick<Patient, 'communication'> {
  if (!said) return {}
  const plain = said.toLowerCase()
  const code = tags[plain] ?? (/^[a-z]{2,3}(-[a-z]{2})?$/.test(plain) ? plain : undefined)
  const language = code
    ? { coding: [{ system: 'urn:ietf:bcp:47', code }], text: said }
    : { text: said }
  return { communication: [{ language, preferred: true }] }
}
