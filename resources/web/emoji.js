// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A small set of emoji by the short names that people type, for completion, for the picker and for :short: in text.

const GROUPS = [
  'smile 😄 grin 😁 joy 😂 rofl 🤣 wink 😉 blush 😊 heart_eyes 😍 kiss 😘 yum 😋 tongue 😛 thinking 🤔 neutral 😐 smirk 😏 roll_eyes 🙄 relieved 😌 sleeping 😴 sunglasses 😎 confused 😕 worried 😟 open_mouth 😮 astonished 😲 flushed 😳 fearful 😨 cry 😢 sob 😭 scream 😱 tired 😫 angry 😠 rage 😡 mask 😷 nerd 🤓 hug 🤗 shush 🤫 facepalm 🤦 shrug 🤷 party 🥳 pleading 🥺',
  '+1 👍 -1 👎 ok_hand 👌 clap 👏 wave 👋 pray 🙏 muscle 💪 point_up ☝️ point_right 👉 point_left 👈 raised_hand ✋ handshake 🤝 fingers_crossed 🤞 v ✌️ eyes 👀 brain 🧠',
  'heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 broken_heart 💔 sparkles ✨ star ⭐ fire 🔥 boom 💥 tada 🎉 balloon 🎈 gift 🎁 trophy 🏆 100 💯 check ✅ x ❌ warning ⚠️ question ❓ exclamation ❗ zzz 💤 bulb 💡 rocket 🚀 hourglass ⏳ alarm ⏰ lock 🔒 key 🔑 pin 📌 memo 📝 book 📖 books 📚 computer 💻 phone 📱 bug 🐛 wrench 🔧 chart 📈 email 📧 link 🔗',
  'coffee ☕ tea 🍵 beer 🍺 pizza 🍕 cake 🍰 apple 🍎 bread 🍞 sun ☀️ moon 🌙 cloud ☁️ rain 🌧️ snow ❄️ rainbow 🌈 tree 🌳 flower 🌸 cat 🐱 dog 🐶 penguin 🐧 turtle 🐢 unicorn 🦄 car 🚗 bike 🚲 train 🚆 plane ✈️ home 🏠 school 🏫 soccer ⚽ basketball 🏀 guitar 🎸 music 🎵 camera 📷',
];

export const EMOJI_GROUPS = GROUPS.map((group) => {
  const words = group.split(' ');
  const pairs = [];
  for (let at = 0; at < words.length; at += 2) pairs.push({ name: words[at], emoji: words[at + 1] });
  return pairs;
});

export const EMOJI = EMOJI_GROUPS.flat();
export const QUICK_REACTIONS = ['👍', '❤️', '😂', '🎉', '👀', '✅'];

const byName = new Map(EMOJI.map(({ name, emoji }) => [name, emoji]));

export const findEmoji = (prefix, count = 8) => [
  ...EMOJI.filter(({ name }) => name.startsWith(prefix)),
  ...EMOJI.filter(({ name }) => !name.startsWith(prefix) && name.includes(prefix)),
].slice(0, count);

/// Turns known :short: names into emoji, outside code.
export function expandEmoji(text) {
  return text.split(/(```[\s\S]*?```|`[^`\n]*`)/).map((part, index) => (index % 2 ? part
    : part.replace(/(^|\s):([\w+-]{1,20}):(?=\s|$|[.,!?])/g, (whole, before, name) => (byName.has(name) ? before + byName.get(name) : whole)))).join('');
}
