#pragma once

#include "widgets/formpage.h"

#include <memory>

namespace confab {

class ProbeCard;

namespace Ui {
class PlainForm;
}

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
    ~PlainPage() override;

    void setSuggestedName(const QString &name);
    void setAddressHint(const QString &normalized); ///< empty while it wasn't understood
    void setProbeResult(const ProbeResult &result); ///< ends the busy state of Test
    void showError(const ErrorText &error); ///< about the address; ends the busy state

signals:
    void addressEdited(const QString &typed);
    void testRequested(const QString &typed);
    /// Address and name are filled. Busy until showError() or setSuggestedName().
    void submitted(const confab::PlainPage::Request &request);

protected:
    void submit() override;
    QWidget *firstField() const override;

private:
    void test();
    bool hasAddress();

    std::unique_ptr<Ui::PlainForm> m_ui;
    ProbeCard *m_probe;
};

}
