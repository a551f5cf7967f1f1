// Messages of every kind as the official web client makes them, by the SDK's own builders.
import { Drafty } from './sdkclient.mjs';

export const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const BARS = Buffer.from(Array.from({ length: 96 }, (_, i) => Math.round(20 + 70 * Math.abs(Math.sin(i / 5))))).toString('base64');

/** Each is given `about`: the uid and name of somebody, and files on the server by their kind. */
export const KINDS = {
  'plain words': () => 'plain words',
  styles: () => Drafty.parse('*bold* _italic_ ~struck~ `code`'),
  'styles within styles': () => Drafty.parse('*bold _and italic_ again*'),
  'lines, a link, a mention and a hashtag': () => Drafty.parse('see https://example.org\n@bob and #topic'),
  emoji: () => Drafty.parse('\u{1F469}\u200D\u{1F680} *up* \u{1F1E9}\u{1F1EA}'),
  'words to be marked': () => Drafty.wrapInto('read the marked part', 'HL', 9, 6),
  'hidden words': () => Drafty.wrapInto('seen unseen', 'HD', 5, 6),
  'a mention of somebody': ({ uid, name }) => Drafty.append(Drafty.mention(`@${name}`, uid), Drafty.parse(' look here')),
  'a quote': ({ uid, name }) => Drafty.append(
    Drafty.quote(name, uid, Drafty.parse('said *so*')), Drafty.parse('yes')),
  'what somebody else wrote': ({ uid, name }) => Drafty.append(
    Drafty.appendLineBreak(Drafty.mention(`\u27A6 ${name}`, uid)), Drafty.parse('worth _passing on_')),
  'a form': () => {
    let form = Drafty.appendLineBreak(Drafty.parse('Shall we go on?'));
    form = Drafty.appendButton(form, 'Yes', 'yes', 'pub', '1');
    form = Drafty.append(form, Drafty.init(' '));
    form = Drafty.appendButton(form, 'No', 'no', 'pub', '0');
    form = Drafty.append(form, Drafty.init(' '));
    form = Drafty.appendButton(form, 'Rules', 'rules', 'url', undefined, 'https://example.org/rules');
    return Drafty.wrapAsForm(form, 0, form.txt.length);
  },
  'an answer to a form': () => Drafty.attachJSON(Drafty.parse('Yes'), { seq: 3, resp: { yes: 1 } }),
  'a picture in the message': () => Drafty.insertImage(Drafty.init('x '), 1,
    { mime: 'image/png', preview: PIXEL, bits: PIXEL, width: 1, height: 1, filename: 'p.png', size: 68 }),
  'a picture on the server': ({ files }) => Drafty.append(
    Drafty.insertImage(Drafty.init(' '), 0,
      { mime: 'image/png', preview: PIXEL, width: 640, height: 400, ...files.picture }),
    Drafty.append(Drafty.appendLineBreak(Drafty.init('')), Drafty.parse('with a *caption*'))),
  'a file in the message': () => Drafty.attachFile(Drafty.init('with a file'),
    { mime: 'text/plain', data: 'YWJj', filename: 'a.txt', size: 3 }),
  'a file on the server': ({ files }) => Drafty.attachFile(Drafty.init(''),
    { mime: 'application/pdf', ...files.file }),
  'a voice message in the message': () => Drafty.insertAudio(Drafty.init(' '), 0,
    { mime: 'audio/aac', bits: 'YWJj', duration: 1200, preview: 'AQID', filename: 'v.aac', size: 3 }),
  'a voice message on the server': ({ files }) => Drafty.insertAudio(Drafty.init(' '), 0,
    { mime: 'audio/wav', duration: 3000, preview: BARS, ...files.voice }),
  'a film': ({ files }) => Drafty.insertVideo(Drafty.init(' '), 0,
    { mime: 'video/mp4', preview: PIXEL, premime: 'image/png', preref: files.picture.refurl,
      width: 640, height: 400, duration: 3000, ...files.film }),
  'a contact': ({ uid, name }) => Drafty.appendTheCard(Drafty.init(''), { fn: name,
    comm: [{ proto: 'tel', value: '+15551234' }, { proto: 'email', value: 'card@example.org' },
      { proto: 'tinode', value: uid }] }),
  'a link with a preview': () => {
    const content = Drafty.parse('see https://example.org/garden');
    content.ent[0].data['x-confab-preview'] = { title: 'A garden in spring', site: 'example.org',
      about: 'What to sow in March, and what to leave alone', mime: 'image/png', val: PIXEL, width: 1, height: 1 };
    return content;
  },
  'a call': () => Drafty.videoCall(true),
};
