import { languageOf, languages } from '#domain/language/languages.ts'
import { escapedMarkup, partMarkup } from './plan-markup.ts'
import type { PlanReading } from './plan-reading.ts'

/** The element of the page that holds the bundle: data for computers, which no browser runs. */
const opening = '<script type="application/fhir+json" id="plan">'
const closing = '</script>'

/**
 * The plan as one file to take away: a page that opens and prints anywhere without a script or a network, and carries
 * the FHIR document (`bundle`, as JSON) for other systems.
 */
export function planFile(reading: PlanReading, bundle: string, notes: readonly string[]): string {
  const { title, language, facts, parts } = reading
  const sections = parts.map(
    (part) => `<section><h2>${escapedMarkup(part.title)}</h2>${partMarkup(part)}</section>`,
  )
  return `<!doctype html>
<html lang="${escapedMarkup(language)}" dir="${directionOf(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapedMarkup(title)}</title><style>${style}</style></head><body>
<main><header><h1>${escapedMarkup(title)}</h1><ul>${facts.map((fact) => `<li>${escapedMarkup(fact)}</li>`).join('')}</ul></header>
<aside>${notes.map((note) => `<p>${escapedMarkup(note)}</p>`).join('')}</aside>
${sections.join('\n')}</main>
${opening}${inScript(bundle)}${closing}
</body></html>
`
}

const directionOf = (tag: string) => languages[languageOf(tag) ?? 'en'].direction

/** Nothing in the data can end the element that holds it. */
const inScript = (json: string) => json.replaceAll('<', '\\u003c')

/** The bundle (JSON) in a file made by `planFile`; undefined if there is none. */
export function bundleInPlanFile(text: string): string | undefined {
  const start = text.lastIndexOf(opening)
  if (start < 0 || !/^\s*<(!doctype|html)/i.test(text)) return undefined
  const from = start + opening.length
  const end = text.indexOf(closing, from)
  return end < 0 ? undefined : text.slice(from, end)
}

const style = `
@page{size:A4;margin:18mm 16mm 20mm;@bottom-right{content:counter(page) " / " counter(pages);font:10pt Arial,sans-serif}}
html{color:#1f2a2e;background:#fff;font:1.1875rem/1.5 Arial,"Liberation Sans","Noto Sans",sans-serif}
html:lang(ur){font-family:"Noto Nastaliq Urdu","Noto Naskh Arabic","Noto Sans Arabic",sans-serif;line-height:2.2}
body{margin:0}main{max-width:44rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
h1{font-size:2rem;line-height:1.2}h2{font-size:1.5rem;margin:2rem 0 .5rem;border-bottom:2px solid #0b4f5c;padding-bottom:.25rem}
h3{font-size:1.1875rem;margin:1rem 0 .25rem}p{margin:.25rem 0}header ul{list-style:none;padding:0}
section>div{border-top:1px solid #e0d9cc;padding:.5rem 0}h2+div{border-top:0}
blockquote{margin:.25rem 0;padding:.25rem 1rem;border-inline-start:6px solid #ffd36b;font-size:1.3125rem}
.is-green{border-inline-start:7px solid #17603a;padding-inline-start:1rem}.is-amber{border-inline-start:7px solid #b36200;padding-inline-start:1rem}.is-red{border-inline-start:7px solid #a3201a;padding-inline-start:1rem}
aside{border:2px dashed #857c6d;border-radius:8px;padding:.5rem 1rem}
@media print{html{font-size:12pt}main{max-width:none;padding:0}h1,h2,h3{break-after:avoid}section>div,li,aside{break-inside:avoid}blockquote{print-color-adjust:exact;-webkit-print-color-adjust:exact}p{orphans:3;widows:3}}
`
