// A page in the background is woken once a minute at most; a worker keeps its seconds.
setInterval(() => self.postMessage(null), 1_000)
