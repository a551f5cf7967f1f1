#include "wire/card.h"
#include "wire/clientcodec.h"
#include "wire/drafty/blocks.h"
#include "wire/drafty/markup.h"
#include "wire/drafty/plaintext.h"
#include "wire/drafty/preview.h"
#include "wire/drafty/runs.h"
#include "wire/plainmessage.h"
#include "wire/servercodec.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// For libFuzzer: any bytes at all through everything in wire that reads. What is read must be
// written so that it is read as the same again. Seeds: the frames of tests/data/frames.

using namespace confab::wire;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void readServerMessage(const QByteArray &bytes)
{
    const auto message = decodeServerMessage(bytes);
    if (!message)
        return;
    const auto again = decodeServerMessage(encode(*message));
    require(again.ok() && *again == *message);
    if (const Data *data = std::get_if<Data>(&*message))
        require(plainText(data->head, data->content).size() <= kMaxText);
}

void readClientMessage(const QByteArray &bytes)
{
    const auto message = decodeClientMessage(bytes);
    if (!message)
        return;
    const auto again = decodeClientMessage(encode(*message));
    require(again.ok() && *again == *message);
}

void readDrafty(const JsonBlob &content)
{
    const Drafty drafty = Drafty::fromContent(content);
    require(Drafty::fromContent(drafty.toContent()) == drafty);
    require(parseMarkup(formatMarkup(drafty)) == drafty);
    const Drafty shown = drafty.visible();
    textRuns(shown);
    blocks(shown);
    preview(shown, 25);
    previewLine(shown);
    require(searchText(drafty).size() <= kMaxText);
}

void readTyped(const QString &text)
{
    const Drafty drafty = parseMarkup(text);
    require(Drafty::fromContent(drafty.toContent()) == drafty);
    require(parseMarkup(formatMarkup(drafty)) == drafty);
}

void readBlob(const QByteArray &bytes)
{
    const JsonBlob blob = JsonBlob::fromBytes(bytes);
    readDrafty(blob);
    require(JsonBlob::fromBytes(blob.bytes()) == blob);
    plainText(Head(blob), blob);
    const Card card = Card::fromPublic(blob);
    require(Card::fromPublic(card.toPublic()) == card);
    JsonBlob::merged(blob, blob);
}

}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    readServerMessage(bytes);
    readClientMessage(bytes);
    readBlob(bytes);
    decodePlainMessage(bytes);
    readTyped(QString::fromUtf8(bytes));
    return 0;
}
