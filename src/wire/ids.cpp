#include "wire/ids.h"

namespace confab::wire {

namespace {

bool isIdBody(QStringView body)
{
    if (body.isEmpty())
        return false;
    for (const QChar c : body) {
        const bool letter = (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
        if (!letter && !(c >= u'0' && c <= u'9') && c != u'_' && c != u'-')
            return false;
    }
    return true;
}

}

TopicKind topicKind(QStringView topic)
{
    if (topic == u"me")
        return TopicKind::Me;
    if (topic == u"fnd")
        return TopicKind::Find;
    if (topic == u"slf")
        return TopicKind::Self;
    if (topic == u"sys")
        return TopicKind::System;
    const QStringView prefix = topic.left(3);
    const QStringView body = topic.mid(3);
    if (prefix == u"new")
        return TopicKind::NewGroup;
    if (prefix == u"nch")
        return TopicKind::NewChannel;
    if (!isIdBody(body))
        return TopicKind::Unknown;
    if (prefix == u"usr")
        return TopicKind::Direct;
    if (prefix == u"grp")
        return TopicKind::Group;
    if (prefix == u"chn")
        return TopicKind::Channel;
    return TopicKind::Unknown;
}

bool isUserId(QStringView id)
{
    return id.size() == 14 && topicKind(id) == TopicKind::Direct;
}

}
