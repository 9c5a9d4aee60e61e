import type { Shared } from '#domain/cover/shared-answer.ts'

export const labelOfColleague = ({ who, role }: Shared['colleagues'][number]): string =>
  [who.name, role].filter(Boolean).join(', ')
