import type { UnmetKind } from '#domain/outcome/unmet-needs.ts'

type DemoDeed = Readonly<{
  id: string
  kind: UnmetKind
  place: string
  words: string
  by: string
  organisation: string
  /** days before today */
  ago: number
}>

/** Invented: what managers of the demonstration did about needs that nobody could meet. */
export const demoDeeds: readonly DemoDeed[] = [
  {
    ...{ id: 'deed-night-sitter', kind: 'social', place: '', ago: 41 },
    ...{ by: 'Helen Marsh', organisation: 'riverside-council' },
    words: 'Two night sitters start in January, for six months. Then we look at who used them.',
  },
  {
    ...{ id: 'deed-podiatry', kind: 'health', place: '', ago: 12 },
    ...{ by: 'Ruth Adler', organisation: 'brook-surgery' },
    words: 'Asked the community trust for a foot clinic at Brook hall. They answer by 15 December.',
  },
]
