import type { Who } from '#domain/plan/plan.ts'

/** Someone who looks after the person, with their contact details. */
export type CareTeamMember = Readonly<{
  who: Who
  role: string
  organisation: string
  telephone: string
  /** `YYYY-MM-DD` */
  since?: string
  /** instant or day at which it ended or will end */
  until?: string
}>

export type Team = Readonly<{
  id: string
  members: readonly CareTeamMember[]
  past: readonly CareTeamMember[]
}>

/** A professional who may be added to a team, or given a task. */
export type Colleague = Readonly<{
  who: Who
  role: string
  organisation?: Who
}>
