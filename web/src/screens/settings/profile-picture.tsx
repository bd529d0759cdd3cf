import { type Me, pictureBytes, pictureTypes, removePicture, setPicture } from '@foyer/contract/operators.ts'
import { ImageUp, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { api, codeOf } from '../../api.ts'
import { useMe, useSetMe } from '../../session.ts'
import { useErrorText, useText } from '../../text.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { shrink } from './shrink.ts'

/** My picture: chosen, seen and taken away at once, without saving. */
export function ProfilePicture() {
  const t = useText()
  const me = useMe()
  const setMe = useSetMe()
  const errorText = useErrorText()
  const [doing, setDoing] = useState<'send' | 'remove' | null>(null)
  const [error, setError] = useState<string | null>(null)
  const choose = useRef<HTMLButtonElement>(null)

  async function change(what: 'send' | 'remove', request: () => Promise<Me>): Promise<void> {
    if (doing) return
    setDoing(what)
    setError(null)
    try {
      setMe(await request())
    } catch (failure) {
      setError(errorText(codeOf(failure)))
    }
    setDoing(null)
  }

  async function send(file: File): Promise<void> {
    const isFine = file.size <= pictureBytes && pictureTypes.some((type) => type === file.type)
    const picture = isFine ? file : await shrink(file)
    if (picture)
      await change('send', () => api.request<Me>(setPicture.method, setPicture.path, { body: picture }))
    else setError(errorText('picture.unreadable'))
  }

  async function remove(): Promise<void> {
    // The button is about to go.
    choose.current?.focus()
    await change('remove', () => api.call(removePicture))
  }

  return (
    <fieldset
      aria-label={t('settings.picture')}
      className="grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-2"
    >
      <span className="wide:row-span-2">
        <Avatar name={me.name} seed={me.id} picture={me.picture} size="huge" />
      </span>
      <div className="flex flex-wrap gap-2 wide:self-end">
        <FileTrigger
          acceptedFileTypes={['image/*']}
          onSelect={(files) => {
            const [file] = files ?? []
            if (file) void send(file)
          }}
        >
          <Button ref={choose} isBusy={doing === 'send'}>
            <ImageUp size={14} aria-hidden="true" />
            {me.picture ? t('settings.pictureReplace') : t('settings.pictureChoose')}
          </Button>
        </FileTrigger>
        {me.picture ? (
          <Button look="quiet" isBusy={doing === 'remove'} onPress={() => void remove()}>
            <Trash2 size={14} aria-hidden="true" />
            {t('settings.pictureRemove')}
          </Button>
        ) : null}
        <p role="status" className="sr-only">
          {doing === 'send' ? t('settings.pictureSending') : ''}
        </p>
      </div>
      {error ? (
        <p role="alert" className={classes(below, 'text-red')}>
          {error}
        </p>
      ) : (
        <p className={classes(below, 'text-faint')}>
          {doing === 'send' ? t('settings.pictureSending') : t('settings.pictureHelp')}
        </p>
      )}
    </fieldset>
  )
}

/** Beside the picture where there is room, else under it. */
const below = 'text-small max-wide:col-span-2 wide:self-start'
