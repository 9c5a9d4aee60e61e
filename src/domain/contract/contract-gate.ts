import type { ContractTerms } from './contract-terms.ts'
import { whole } from './part-of.ts'
import type { YearFigures } from './settle-parameters.ts'

/** Whether money is shared at all, how much of the rate counts, and why in words. */
export type GateAnswer = Readonly<{
  state: 'open' | 'shut' | 'none'
  /** of the rate, in millionths */
  factor: number
  words: string
}>

type Figures = Pick<YearFigures, 'quality' | 'standard' | 'verdicts'>

const open = (words: string, factor = whole): GateAnswer => ({ state: 'open', factor, words })
const shut = (words: string): GateAnswer => ({ state: 'shut', factor: 0, words })

/** Quality before money: what the measures say about sharing. */
export function contractGate({ gate, measures }: ContractTerms, figures: Figures): GateAnswer {
  if (gate.kind === 'none') return { state: 'none', factor: whole, words: 'There is no gate' }
  if (gate.kind === 'standard') return byStandard(figures)
  if (gate.kind === 'score') return byScore(gate.least ?? 0, figures.quality ?? 0)
  const known = new Map(figures.verdicts.map(({ measure, verdict }) => [measure, verdict]))
  const said = measures.map(({ code }) => known.get(code) ?? 'unknown')
  const count = (verdict: string) => said.filter((each) => each === verdict).length
  return byVerdicts(
    { better: gate.better ?? 0, worse: gate.worse ?? 0 },
    { better: count('better'), worse: count('worse'), unknown: count('unknown') },
  )
}

/** MSSP: the whole rate, or under the alternative standard the rate times the quality score, or nothing. */
function byStandard({ standard, quality = 0 }: Figures): GateAnswer {
  if (standard === 'met') return open('The quality standard is met: the whole rate counts')
  if (standard === 'alternative')
    return open('The alternative standard is met: the rate is multiplied by quality', quality)
  return shut('Neither quality standard is met: nothing is shared')
}

const byScore = (least: number, quality: number): GateAnswer =>
  quality >= least
    ? open(`Quality is ${quality / 10_000}, at least ${least / 10_000}`)
    : shut(`Quality is ${quality / 10_000}, below ${least / 10_000}`)

type Asked = Readonly<{ better: number; worse: number }>

function byVerdicts(asked: Asked, found: Asked & Readonly<{ unknown: number }>): GateAnswer {
  const words = `${found.better} better, ${found.worse} worse${
    found.unknown > 0 ? `, ${found.unknown} not known` : ''
  }: at least ${asked.better} must be better and at most ${asked.worse} worse`
  // what is not known could be worse
  const isOpen = found.better >= asked.better && found.worse + found.unknown <= asked.worse
  return isOpen ? open(words) : shut(words)
}
