#pragma once

#include "widgets/formpage.h"

namespace confab {

/// A plain WebSocket address: no account, one conversation.
class PlainPage : public FormPage
{
    Q_OBJECT

public:
    struct Request {
        QString address;
        QString displayName;
        bool text = false; ///< text frames in place of binary ones
    };

    explicit PlainPage(const Theme &theme, QWidget *parent = nullptr);

    void setSuggestedName(const QString &name);
    void setAddressHint(const QString &normalized);
    void setProbeResult(const ProbeResult &result);
    void showError(const ErrorText &error);

signals:
    void addressEdited(const QString &typed);
    void testRequested(const QString &typed);
    void submitted(const confab::PlainPage::Request &request);
};

}
