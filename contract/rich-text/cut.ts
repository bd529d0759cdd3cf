import { cutText } from '../graphemes.ts'
import type { Block, RichText, Run } from './tree.ts'

/**
 * The beginning of a tree: of so many signs and lines, never within a character. Null where it is no longer than that.
 */
export function cutRichText(tree: RichText, most: { signs: number; lines: number }): Block[] | null {
  const room = { ...most, isOver: false }
  const blocks = cutBlocks(tree, room)
  return room.isOver ? blocks : null
}

type Room = { signs: number; lines: number; isOver: boolean }

function cutBlocks(tree: RichText, room: Room): Block[] {
  const kept: Block[] = []
  for (const block of tree) {
    if (room.isOver) break
    kept.push(...cutBlock(block, room))
  }
  return kept
}

function cutBlock(block: Block, room: Room): Block[] {
  if (block.type === 'paragraph') {
    const runs: Run[] = []
    for (const run of block.runs) {
      if (room.isOver) break
      const text = taken(run.text, room)
      if (text !== '') runs.push({ ...run, text })
    }
    room.lines--
    return runs.length > 0 ? [{ ...block, runs }] : []
  }
  if (block.type === 'code') {
    const text = taken(block.text, room)
    room.lines--
    return text === '' ? [] : [{ ...block, text }]
  }
  if (block.type === 'quote') {
    const blocks = cutBlocks(block.blocks, room)
    return blocks.length > 0 ? [{ ...block, blocks }] : []
  }
  const items: Block[][] = []
  for (const item of block.items) {
    if (room.isOver) break
    const cut = cutBlocks(item, room)
    if (cut.length > 0) items.push(cut)
  }
  return items.length > 0 ? [{ ...block, items }] : []
}

/** What of a text there is room for. */
function taken(text: string, room: Room): string {
  let end = 0
  for (let lines = room.lines; end < text.length && lines > 0; lines--) {
    const next = text.indexOf('\n', end)
    end = next < 0 ? text.length : next + 1
  }
  const fitting = cutText(text.slice(0, end), Math.max(0, room.signs))
  room.isOver = fitting.length < text.length || fitting !== text
  room.signs -= fitting.length
  room.lines -= fitting.split('\n').length - 1
  return fitting.trimEnd() === '' && room.isOver ? '' : fitting
}
