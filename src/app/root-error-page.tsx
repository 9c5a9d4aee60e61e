import { ErrorPage } from './error-page.tsx'
import { Brand } from './layouts/brand.tsx'

/** An error outside every frame: still with the product’s name, and a way back. */
export function RootErrorPage({ missing = false }: { missing?: boolean }) {
  return (
    <>
      <header className="gable-header">
        <div className="gable-header__inner">
          <Brand to="/" />
        </div>
      </header>
      <main className="gable-main" id="content">
        <ErrorPage missing={missing} />
      </main>
    </>
  )
}
