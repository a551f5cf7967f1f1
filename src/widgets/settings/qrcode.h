#pragma once

#include <QImage>
#include <QWidget>

namespace confab {

/// A QR code with a short text, dark on white in every theme, because cameras expect that. One module
/// is a whole number of pixels.
class QrCode : public QWidget
{
    Q_OBJECT

public:
    explicit QrCode(QWidget *parent = nullptr);

    /// Nothing is shown for an empty text, or one that does not fit a code.
    void setContent(const QString &text);
    QString content() const { return m_text; }
    /// One pixel a module, with the quiet zone; null while nothing is shown.
    const QImage &modules() const { return m_modules; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    QImage m_modules;
};

}
