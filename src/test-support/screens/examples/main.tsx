import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { createRoot } from 'react-dom/client'
import { MemoryRouter } from 'react-router'
import { activateI18n } from '#app/i18n.ts'
import '#app/styles.ts'
import { Examples } from './examples.tsx'

/** The page of examples. It is not part of the product: `e2e/look/examples.spec.ts` builds it. */
activateI18n()
if (location.hash === '#rtl') document.documentElement.dir = 'rtl'
const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <I18nProvider i18n={i18n}>
      <MemoryRouter>
        <Examples />
      </MemoryRouter>
    </I18nProvider>,
  )
