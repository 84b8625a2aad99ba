#!/usr/bin/env bash
# Make the sample recordings of messages/new-hire-opener from its own words.
#
#   scripts/make_recordings.sh        needs espeak-ng, sox (with MP3 and Ogg) and opusenc
#
# The voices are a speech synthesizer's, so that nobody's voice is kept in git. Each file stays
# below 60 KB. The recordings are committed; run this again only after the words have changed.
set -euo pipefail

experiment="$(cd "$(dirname "$0")/.." && pwd)/messages/new-hire-opener"
recordings="$experiment/recordings"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir -p "$recordings"

# The words of a variant's voicemail as a caller says them: the prospect is Dana, and phone numbers
# are read digit by digit.
words_of() {
  awk '/^## /{on = ($2 == "Voicemail")} on && !/^## /' "$experiment/$1.md" |
    sed -e 's/{{first_name}}/Dana/g' -e 's/\[[^]]*\]//g' \
        -e 's/\([0-9]\)\([0-9]\)\([0-9]\)-\([0-9]\)\([0-9]\)\([0-9]\)\([0-9]\)/\1 \2 \3, \4 \5, \6 \7/g'
}

# speak VOICE WORDS_PER_MINUTE OUT.wav < words
speak() {
  espeak-ng -v "$1" -s "$2" -g 2 -w "$work/raw.wav" --stdin
  sox -q "$work/raw.wav" -r 16000 -c 1 "$3" norm -6 highpass 120 lowpass 6800 norm -3
}

# The winner at a calm pace, the control hurried.
words_of your-new-reps | speak en-us+f3 175 "$work/kim.wav"
sox -q "$work/kim.wav" -C 16.2 "$recordings/your-new-reps-kim.mp3"

words_of our-company | speak en-us+m3 205 "$work/lee.wav"
sox -q "$work/lee.wav" -r 11025 -C -1 "$recordings/our-company-lee.ogg"

# Take three of the role-play: Max plays a vice president who is between two meetings.
turn=0
while IFS='|' read -r voice words; do
  turn=$((turn + 1))
  speak "$voice" 165 "$work/turn-$(printf %02d "$turn").wav" <<<"$words"
  sox -q "$work/turn-$(printf %02d "$turn").wav" "$work/padded-$(printf %02d "$turn").wav" pad 0 0.4
done <<'TURNS'
en-us+m7|Max Ortiz. I have one minute.
en-us+f3|Then I will use half of it. Kim Ito, at Brightline. Your new reps in Denver started this month.
en-us+m7|They did. So?
en-us+f3|Most new reps wait nine weeks for a first meeting. Two teams near you got there in week two. Their drill is one page.
en-us+m7|Fine. What do you want from me?
en-us+f3|A yes to the email with the subject Denver ramp. That is all.
TURNS
sox -q "$work"/padded-*.wav "$work/role-play.wav"
opusenc --quiet --bitrate 12 --serial 1 "$work/role-play.wav" "$recordings/role-play-max.opus"

ls -l "$recordings"
