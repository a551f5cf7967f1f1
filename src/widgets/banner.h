#pragma once

#include "widgets/theme.h"
#include "widgets/viewtypes.h"

#include <QTimer>
#include <QWidget>

class QLineEdit;
class QPushButton;

namespace confab {

class BannerText;
class IconLabel;

/// The strip below a header that says how the account stands: one at a time. While connecting it shows
/// nothing for a second, then a line of two pixels.
class Banner : public QWidget
{
    Q_OBJECT

public:
    explicit Banner(const Theme &theme, QWidget *parent = nullptr);

    void setContent(const BannerContent &content);
    const BannerContent &content() const { return m_content; }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

signals:
    /// Its framed button: try now, sign in without a password field, or close.
    void activated(confab::BannerContent::Kind kind);
    void passwordEntered(const QString &password);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool isLine() const { return m_content.kind == BannerContent::Kind::Connecting; }
    void showContent();
    void updateText();
    void press();
    QColor fill() const;

    const Theme &m_theme;
    BannerContent m_content;
    IconLabel *m_icon;
    BannerText *m_text;
    QLineEdit *m_password;
    QPushButton *m_button;
    QTimer m_second; ///< counts down
    QTimer m_patience; ///< before the line of Connecting
};

}
