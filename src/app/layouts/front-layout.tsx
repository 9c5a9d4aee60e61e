import { Outlet } from 'react-router'
import { Brand } from './brand.tsx'
import { StatusBanners } from './status-banners.tsx'

/** The frame of pages before sign-in. */
export function FrontLayout() {
  return (
    <>
      <header className="gable-header">
        <div className="gable-header__inner">
          <Brand to="/sign-in" />
        </div>
      </header>
      <StatusBanners />
      <main className="gable-main" id="content">
        <Outlet />
      </main>
    </>
  )
}
