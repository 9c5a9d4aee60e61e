import { demoIdentities } from '#demo-data/identities.ts'

/** How to sign in to the embedded app: what its API would answer, known before the records are open. */
export const embeddedSignIn = { ways: { demo: true }, identities: demoIdentities } as const
