import type { Me } from '@foyer/contract/operators.ts'
import { readSample } from '@foyer/contract/organizations.ts'
import { useQuery } from '@tanstack/react-query'
import { ArrowRight, Inbox, MessageSquareCode, Store, UserPlus } from 'lucide-react'
import type { ReactNode } from 'react'
import { api } from '../../api.ts'
import { Go } from '../../link.tsx'
import { paths } from '../../paths.ts'
import { useText } from '../../text.tsx'
import { useWide } from '../../ui/media.ts'
import { Front } from '../log-in/front.tsx'

/** After set-up: the things that make the first conversation happen. */
export function NextSteps({ me }: { me: Me }) {
  const t = useText()
  const wide = useWide()
  const { data: sample } = useQuery({
    queryKey: ['sample'],
    queryFn: ({ signal }) => api.call(readSample, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'creating' ? 1_000 : false),
  })
  return (
    <Front title={t('next.title', { name: me.organizationName })} tall>
      <p className="-mt-4 mb-6 text-pretty text-soft">{t('next.intro')}</p>
      <p role="status" className="-mt-3 mb-4 text-dense text-pretty text-faint empty:hidden">
        {sample?.state === 'creating' ? t('next.sample') : null}
      </p>
      <ol className="flex flex-col gap-2">
        <Step
          icon={<Inbox size={18} />}
          title={t('next.inbox')}
          text={wide ? t('next.inboxText') : t('next.inboxTextPhone')}
        >
          {(look) => (
            <Go to={paths.inbox()} className={look}>
              {t('next.inbox')}
            </Go>
          )}
        </Step>
        <Step icon={<Store size={18} />} title={t('next.demo')} text={t('next.demoText')}>
          {(look) => (
            <a href="/demo" target="_blank" rel="noopener" className={look}>
              {t('next.demo')}
            </a>
          )}
        </Step>
        <Step icon={<UserPlus size={18} />} title={t('next.invite')} text={t('next.inviteText')}>
          {(look) => (
            <Go to={paths.settings('team')} className={look}>
              {t('next.invite')}
            </Go>
          )}
        </Step>
        <Step
          icon={<MessageSquareCode size={18} />}
          title={t('next.messenger')}
          text={t('next.messengerText')}
        >
          {(look) => (
            <Go to={paths.settings('messenger')} className={look}>
              {t('next.messenger')}
            </Go>
          )}
        </Step>
      </ol>
    </Front>
  )
}

type StepProps = { icon: ReactNode; title: string; text: string; children: (look: string) => ReactNode }

function Step({ icon, text, children }: StepProps) {
  return (
    <li className="relative flex items-start gap-3 rounded-lg border border-line bg-raised p-3.5 transition-colors focus-within:border-accent hover:border-edge">
      <span className="mt-0.5 text-accent" aria-hidden="true">
        {icon}
      </span>
      <span className="flex grow flex-col">
        {children('font-medium after:absolute after:inset-0 after:rounded-lg')}
        <span className="text-dense text-pretty text-faint">{text}</span>
      </span>
      <ArrowRight size={16} className="mt-1 shrink-0 text-faint rtl:-scale-x-100" aria-hidden="true" />
    </li>
  )
}
