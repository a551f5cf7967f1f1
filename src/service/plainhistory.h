#pragma once

#include "service/accountconfig.h"
#include "wire/plainmessage.h"

#include <QList>
#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>

namespace confab {

/// The history that a plain endpoint may offer beside its link (design.md §9): one page by HTTP,
/// asked for until it has come once. GUI thread.
class PlainHistory : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    ~PlainHistory() override;

    /// fetched() follows, unless the account names no history, has it already, or the server gives
    /// none; then the next connection may ask again.
    void fetch(const AccountConfig &config);

signals:
    void fetched(const QList<confab::wire::PlainMessage> &messages);

private:
    void take(QNetworkReply *reply);

    QNetworkAccessManager m_http;
    QPointer<QNetworkReply> m_reply;
    bool m_asked = false; ///< and not failed since
};

}
