import { expect, test } from 'vitest'
import { eachStore } from '#test-support/servers/stores.ts'
import { livedGable, planId } from '#test-support/worlds/plan-to-take.ts'

eachStore('A plan as a document', (open) => {
  test('is written in the language that was asked for, and the words of people stay', async () => {
    const server = await livedGable(open)
    const hers = await server.as('grace')
    const written = async (language: string, more: readonly object[] = []) =>
      await hers(`/fhir/CarePlan/${planId}/$document`, {
        method: 'POST',
        json: {
          resourceType: 'Parameters',
          parameter: [
            { name: 'format', valueString: 'page' },
            { name: 'language', valueString: language },
            ...more,
          ],
        },
      })
    const page = await (await written('ur')).text()
    for (const words of [
      ...['<html lang="ur" dir="rtl">', 'This translation has not been reviewed yet.', '(Red)'],
      ...['<blockquote dir="auto">', 'Being at home.'],
    ])
      expect(page).toContain(words)
    expect(page).not.toContain('<h2>Who said yes</h2>')
    const english = await (await written('en')).text()
    expect(english).toContain('<h2>Who said yes</h2>')
    expect(english).not.toContain('has not been reviewed')
    expect((await written('xx')).status).toBe(400)
  })
})
