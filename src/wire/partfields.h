#pragma once

#include "wire/jsonfields.h"
#include "wire/parts.h"

// The fields of the parts that packets of both directions share. See jsonfields.h for how a
// description works. For the codecs only.
namespace confab::wire {

using namespace Qt::Literals::StringLiterals;

// In the order that upstream answers the parts of {sub} (protocol.md §1).
inline constexpr Word<What> kWhatWords[] = {
    {"desc"_L1, What::Desc}, {"sub"_L1, What::Sub}, {"tags"_L1, What::Tags},
    {"cred"_L1, What::Cred}, {"aux"_L1, What::Aux}, {"data"_L1, What::Data},
    {"del"_L1, What::Del},
};

template <typename Io>
void describe(Io &io, typename Io::template Ref<DefaultAccess> part)
{
    io.access("auth"_L1, part.auth);
    io.access("anon"_L1, part.anon);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<SetDesc> part)
{
    io.part("defacs"_L1, part.defacs);
    io.blob("public"_L1, part.pub);
    io.blob("private"_L1, part.priv);
    io.blob("trusted"_L1, part.trusted);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<SetSub> part)
{
    io.text("user"_L1, part.user);
    io.access("mode"_L1, part.mode);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<Credential> part)
{
    io.text("meth"_L1, part.meth);
    io.text("val"_L1, part.val);
    io.text("resp"_L1, part.resp);
    io.flag("done"_L1, part.done);
    io.blob("params"_L1, part.params);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<SetQuery> part)
{
    io.part("desc"_L1, part.desc);
    io.part("sub"_L1, part.sub);
    io.texts("tags"_L1, part.tags);
    io.part("cred"_L1, part.cred);
    io.blob("aux"_L1, part.aux);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<ListOptions> part)
{
    io.text("user"_L1, part.user);
    io.text("topic"_L1, part.topic);
    io.time("ims"_L1, part.ims);
    io.number("limit"_L1, part.limit);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<PageOptions> part)
{
    io.seq("since"_L1, part.since);
    io.seq("before"_L1, part.before);
    io.ranges("ranges"_L1, part.ranges);
    io.number("limit"_L1, part.limit);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<GetQuery> part)
{
    io.wordSet("what"_L1, part.what, Words<What>(kWhatWords));
    io.part("desc"_L1, part.desc);
    io.part("sub"_L1, part.sub);
    io.part("data"_L1, part.data);
    io.part("del"_L1, part.del);
    io.texts("tags"_L1, part.tags);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<LastSeen> part)
{
    io.time("when"_L1, part.when);
    io.text("ua"_L1, part.ua);
}

/// What TopicDesc and Subscription have in common.
template <typename Io, typename Part>
void describeTopicState(Io &io, Part &part)
{
    io.time("updated"_L1, part.updated);
    io.time("touched"_L1, part.touched);
    io.acs("acs"_L1, part.acs);
    io.seq("seq"_L1, part.seq);
    io.seq("read"_L1, part.read);
    io.seq("recv"_L1, part.recv);
    io.number("clear"_L1, part.clear);
    io.number("subcnt"_L1, part.subcnt);
    io.flag("chan"_L1, part.chan);
    io.flag("online"_L1, part.online);
    io.part("seen"_L1, part.seen);
    io.blob("public"_L1, part.pub);
    io.blob("trusted"_L1, part.trusted);
    io.blob("private"_L1, part.priv);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<TopicDesc> part)
{
    io.time("created"_L1, part.created);
    io.part("defacs"_L1, part.defacs);
    describeTopicState(io, part);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<Subscription> part)
{
    io.text("user"_L1, part.user);
    io.text("topic"_L1, part.topic);
    io.time("deleted"_L1, part.deleted);
    describeTopicState(io, part);
}

}
