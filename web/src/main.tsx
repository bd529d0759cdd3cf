import { leaveKeysToInputMethod } from '@foyer/client/keys.ts'
import { surviveTranslation } from '@foyer/client/translation.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import './app.css'
import { onSessionLost } from './api.ts'
import { createQueries } from './queries.ts'
import { createAppRouter } from './router.tsx'
import { sessionKey, useSession } from './session.ts'
import { browserLocale, TextProvider } from './text.tsx'
import { showKeptTheme, showTheme } from './theme.ts'

leaveKeysToInputMethod(window)
surviveTranslation(window)
showKeptTheme()
const queries = createQueries()
const router = createAppRouter()
onSessionLost(() => queries.setQueryData(sessionKey, null))

function App() {
  const { data: me } = useSession()
  const [fallback] = useState(browserLocale)
  const theme = me?.theme
  useEffect(() => {
    if (theme) showTheme(theme)
  }, [theme])
  // Until it is known who is there, nothing is said: the wrong language would flash.
  if (me === undefined) return null
  return (
    <TextProvider locale={me?.locale ?? fallback}>
      <RouterProvider router={router} />
    </TextProvider>
  )
}

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>,
  )
}
