import { Archive, Inbox } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Avatar } from '../ui/avatar.tsx'
import { Button, IconButton, primaryLinkLook } from '../ui/button.tsx'
import { Count } from '../ui/count.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Empty } from '../ui/empty.tsx'
import { FormError } from '../ui/form-error.tsx'
import { Keys } from '../ui/keys.tsx'
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx'
import { notify } from '../ui/notices.tsx'
import { Sideways } from '../ui/sideways.tsx'
import { RowSkeleton } from '../ui/skeleton.tsx'
import { WholeOrNothing } from '../ui/whole-or-nothing.tsx'
import { FieldsShown } from './fields-shown.tsx'
import { Part } from './part.tsx'

const looks = ['primary', 'plain', 'quiet', 'danger'] as const

/** The parts of `ui/` in every state they have. */
export function PartsShown() {
  return (
    <>
      <Part title="Buttons">
        <div className="flex flex-col gap-3">
          {looks.map((look) => (
            <Row key={look} label={look}>
              <Button look={look} small>
                Small
              </Button>
              <Button look={look}>Reply</Button>
              <Button look={look} large>
                Large
              </Button>
              <Button look={look} isBusy>
                Busy
              </Button>
              <Button look={look} isDisabled>
                Disabled
              </Button>
            </Row>
          ))}
          <Row label="icon, link, keys">
            <IconButton label="Archive" keys="E">
              <Archive size={16} aria-hidden="true" />
            </IconButton>
            <IconButton label="Archive, small" small>
              <Archive size={15} aria-hidden="true" />
            </IconButton>
            <IconButton label="Archive, disabled" isDisabled>
              <Archive size={16} aria-hidden="true" />
            </IconButton>
            <a className={primaryLinkLook} href="#link">
              A link that is the thing to do
            </a>
            <Keys keys="Ctrl K" />
            <WholeOrNothing className="flex max-w-36 text-small text-faint">
              A hint that has room
            </WholeOrNothing>
            <WholeOrNothing className="flex max-w-16 text-small text-faint">
              A hint that has none
            </WholeOrNothing>
          </Row>
        </div>
      </Part>
      <Part title="People and counts">
        <div className="flex flex-col gap-3">
          <Row label="faces">
            {(['small', 'medium', 'comfortable', 'large', 'person', 'huge'] as const).map((size) => (
              <Avatar key={size} name="Nia Prosser" seed={size} size={size} online={size === 'large'} />
            ))}
            <Avatar name={null} seed="nobody" />
          </Row>
          <Row label="counts">
            <Count value={7} label="7" />
            <Count value={1200} label="1200" />
            <Count value={3} label="3" tone="outline" />
          </Row>
        </div>
      </Part>
      <FieldsShown />
      <Part title="What comes and goes">
        <Floating />
      </Part>
      <Part title="Empty, loading, failed">
        <Empty drawing="caughtUp" title="You’re all caught up" action={<Button>A way on</Button>}>
          What this place is for.
        </Empty>
        <Empty icon={Inbox} title="Small and quiet" />
        <FormError text="What happened, why, and what to do." />
        <RowSkeleton rows={2} />
        <Sideways label="Scrolls sideways">
          <p className="w-max py-4 text-dense text-soft">
            {'What may be broader than its place scrolls here. '.repeat(6)}
          </p>
        </Sideways>
      </Part>
    </>
  )
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <span className="w-24 shrink-0 text-small text-faint">{label}</span>
      {children}
    </div>
  )
}

function Floating() {
  const [shape, setShape] = useState<'box' | 'sheet' | null>(null)
  return (
    <div className="flex flex-wrap gap-3">
      <Menu label="A menu" trigger={<Button>Menu</Button>}>
        <MenuItem onAction={() => undefined} icon={<Inbox size={14} />} keys="I">
          Inbox
        </MenuItem>
        <MenuLine />
        <MenuItem onAction={() => undefined} note="since 9:00" current>
          Current
        </MenuItem>
      </Menu>
      <Button onPress={() => setShape('box')}>Dialog</Button>
      <Button onPress={() => setShape('sheet')}>Sheet</Button>
      <Button onPress={() => notify({ text: 'The conversation was ended.', tone: 'plain' })}>Notice</Button>
      <Button onPress={() => notify({ text: 'It could not be sent.', tone: 'error' })}>Failed notice</Button>
      <Dialog
        title="A question, by name"
        open={shape !== null}
        onClose={() => setShape(null)}
        closeLabel="Close"
        {...(shape ? { shape } : {})}
      >
        <p className="text-soft">What happens, and how it can be undone.</p>
      </Dialog>
    </div>
  )
}
