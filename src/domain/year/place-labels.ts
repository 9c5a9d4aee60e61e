/** A text beside a mark: where the mark is, and how wide the text is; all in the unit of the picture. */
export type LabelToPlace = Readonly<{ id: string; x: number; width: number }>

/** `row`: from the top. `side`: of the mark. Absent if nothing is free: the text stands in the list below only. */
export type LabelPlace = Readonly<{ row: number; side: 'after' | 'before' }>

type Taken = Readonly<{ from: number; until: number }>
type Room = Readonly<{ left: number; right: number; rows: number; mark: number; between?: number }>

/**
 * A place for each label, in the first row in which neither its text nor its mark touches another. A mark without a free
 * place for its text keeps the first row in which the mark alone is free, and has no label.
 */
export function placeLabels(
  labels: readonly LabelToPlace[],
  { left, right, rows, mark, between = 10 }: Room,
): ReadonlyMap<string, LabelPlace | Readonly<{ row: number; side?: undefined }>> {
  const taken: Taken[][] = Array.from({ length: rows }, () => [])
  const places = new Map<string, LabelPlace | Readonly<{ row: number; side?: undefined }>>()
  const isFree = (row: number, { from, until }: Taken) =>
    from >= left &&
    until <= right &&
    (taken[row] ?? []).every((each) => until + between <= each.from || from >= each.until + between)
  for (const { id, x, width } of labels.toSorted((one, other) => one.x - other.x)) {
    const after = { from: x - mark, until: x + mark + width }
    const before = { from: x - mark - width, until: x + mark }
    const found = freePlace(
      rows,
      [
        { side: 'after' as const, needs: after },
        { side: 'before' as const, needs: before },
      ],
      isFree,
    )
    const alone = { from: x - mark, until: x + mark }
    const row =
      found?.row ??
      Math.max(
        0,
        taken.findIndex((_, at) => isFree(at, alone)),
      )
    taken[row]?.push(found?.needs ?? alone)
    places.set(id, found ? { row, side: found.side } : { row })
  }
  return places
}

type Wish = Readonly<{ side: 'after' | 'before'; needs: Taken }>

function freePlace(
  rows: number,
  wishes: readonly Wish[],
  isFree: (row: number, needs: Taken) => boolean,
) {
  for (let row = 0; row < rows; row += 1)
    for (const wish of wishes) if (isFree(row, wish.needs)) return { row, ...wish }
  return undefined
}
