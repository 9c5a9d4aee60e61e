import type { OnDay, YearPicture } from '#domain/year/year-picture.ts'
import { contactLane } from './contact-lane.tsx'
import { helpLane } from './help-lane.tsx'
import { type LaneMark, markedLane } from './marked-lane.tsx'
import { placeLane } from './place-lane.tsx'
import { planLane } from './plan-lane.tsx'
import { readingLane } from './reading-lane.tsx'
import type { YearWords } from './use-year-words.ts'
import { worryLane } from './worry-lane.tsx'
import type { YearFrame, YearLane } from './year-lane.ts'

/** The lanes that have something to show. Where the person was, who came and the plan are always there: nothing says something too. */
export function yearLanes(
  picture: YearPicture,
  frame: YearFrame,
  words: YearWords,
): readonly YearLane[] {
  const marked = <T extends Readonly<{ id: string }>>(
    key: 'words' | 'happened' | 'assessments' | 'alerts',
    all: readonly OnDay<T>[],
    look: (
      it: T,
    ) => Pick<LaneMark, 'label' | 'short' | 'shape'> & Readonly<{ detail?: string | undefined }>,
  ): readonly YearLane[] => {
    if (all.length === 0) return []
    const marks = all.map(({ day, it }) => ({ id: it.id, day, ...look(it) }))
    return [
      {
        ...{ key, title: words.lanes[key], ...markedLane(marks, frame) },
        ...(key === 'alerts' ? { note: words.alertNote } : {}),
        entries: marks.map(({ id, day, label, detail }) => ({ id, day, text: label, detail })),
      },
    ]
  }
  return [
    ...marked('words', picture.words, ({ words: said }) => ({
      label: `“${said}”`,
      shape: 'voice',
    })),
    placeLane(picture, frame, words),
    ...marked('happened', picture.happened, (it) => ({
      ...{ label: words.event(it), shape: 'dot', detail: it.detail },
    })),
    contactLane(picture, frame, words),
    planLane(picture, frame, words),
    ...(picture.help.length > 0 ? [helpLane(picture, frame, words)] : []),
    ...picture.readings.map((row) => readingLane(row, frame, words)),
    ...marked('alerts', picture.alerts, (it) => ({
      ...{ label: words.alert(it), shape: it.until ? 'box' : 'triangle' },
    })),
    ...marked('assessments', picture.assessments, (it) => ({
      ...{ label: [words.event(it), it.detail].filter(Boolean).join(': '), shape: 'ring' },
      short: [words.shortName(it), it.detail].filter(Boolean).join(': '),
    })),
    ...(picture.worries.length > 0 ? [worryLane(picture, frame, words)] : []),
  ]
}
