import { appendFileSync, writeFileSync } from 'node:fs'
import { csvFile, csvLines } from '#domain/csv/csv-file.ts'
import { correctedLine } from '#domain/import/csv/corrected-line.ts'
import type { ImportRefusal } from '#domain/import/tally.ts'

export type RefusedFile = Readonly<{
  path: string
  add: (refusals: readonly ImportRefusal[]) => void
  count: () => number
  /** why it could not be written */
  fault: () => string | undefined
}>

/**
 * Everything that is refused of a file, in a file beside it, written as it comes: nothing of it is kept in memory. The
 * rows of a list stand as they were, with the reason behind them; of other records, which one it is. Nothing is written
 * if nothing is refused.
 */
export function refusedFile(
  file: string,
  headings: readonly string[] | undefined,
  reasonOf: (refusal: ImportRefusal) => string,
): RefusedFile {
  const path = `${file.replace(/(\.(csv|txt|tsv|json|ndjson|html?))?(\.gz)?$/i, '')}.refused.csv`
  const head = [...(headings ?? ['Record', 'Type', 'Id']), 'Why it was refused']
  let [written, fault]: [number, string | undefined] = [0, undefined]
  const lineOf = (each: ImportRefusal): readonly string[] => {
    const cells = headings ? (each.cells ?? []) : [String(each.place), each.type, each.id]
    return correctedLine(cells, { width: head.length - 1, last: reasonOf(each) })
  }
  return {
    path,
    add(refusals) {
      if (refusals.length === 0 || fault) return
      try {
        const lines = refusals.map(lineOf)
        if (written === 0) writeFileSync(path, csvFile([head, ...lines]), { mode: 0o600 })
        else appendFileSync(path, csvLines(lines))
        written += refusals.length
      } catch (cause) {
        fault = cause instanceof Error ? cause.message : 'it cannot be written'
      }
    },
    count: () => written,
    fault: () => fault,
  }
}
