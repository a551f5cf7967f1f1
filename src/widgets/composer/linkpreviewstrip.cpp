#include "widgets/composer/linkpreviewstrip.h"

#include "widgets/shapes.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>
#include <QToolButton>

namespace confab {

namespace {

constexpr int kHeight = 52;
constexpr int kPicture = 36;
constexpr int kSide = 16;
constexpr int kGap = 12;

}

LinkPreviewStrip::LinkPreviewStrip(
    const Theme &theme, const wire::LinkPreview &preview, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_preview(preview)
    // Small, and made by ourselves.
    , m_picture(QImage::fromData(QByteArray::fromBase64(preview.base64.toLatin1()), "jpeg"))
    , m_drop(new QToolButton(this))
{
    setObjectName(QStringLiteral("linkPreviewStrip"));
    setAccessibleName(tr("Link preview: %1").arg(preview.title));
    setFixedHeight(qMax(kHeight, theme.scaled(kHeight)));
    m_drop->setObjectName(QStringLiteral("dropPreviewButton"));
    m_drop->setIcon(theme.icon(QStringLiteral("x")));
    m_drop->setIconSize({18, 18});
    m_drop->setFixedSize(36, 36);
    m_drop->setFocusPolicy(Qt::TabFocus);
    m_drop->setToolTip(tr("Send without preview"));
    m_drop->setAccessibleName(tr("Send without preview"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 4, 0);
    row->addStretch();
    row->addWidget(m_drop);
    connect(m_drop, &QToolButton::clicked, this, &LinkPreviewStrip::dropped);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void LinkPreviewStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors &colors = m_theme.colors();
    const auto place
        = [this](const QRect &part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    int left = kSide;
    if (!m_picture.isNull()) {
        const QRectF box = place({left, (height() - kPicture) / 2, kPicture, kPicture});
        QPainterPath clip;
        clip.addRoundedRect(box, 6, 6);
        painter.save();
        painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        painter.setClipPath(clip);
        const int edge = qMin(m_picture.width(), m_picture.height());
        const QRect middle(
            (m_picture.width() - edge) / 2, (m_picture.height() - edge) / 2, edge, edge);
        painter.drawImage(box, m_picture, middle);
        painter.restore();
        left += kPicture + kGap;
    }
    const int title = m_theme.lineHeight(TextStyle::BodyMedium);
    const int site = m_theme.lineHeight(TextStyle::Small);
    const auto line
        = [&](int top, int lineHeight, TextStyle style, const QColor &color, const QString &text) {
              painter.setFont(m_theme.font(style));
              painter.setPen(color);
              const QRect box = QStyle::visualRect(layoutDirection(), rect(),
                  QRect(left, top, width() - left - kGap - m_drop->width(), lineHeight));
              painter.drawText(box, int(Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextSingleLine,
                  painter.fontMetrics().elidedText(text, Qt::ElideRight, box.width()));
          };
    const int top = (height() - title - site) / 2;
    line(top, title, TextStyle::BodyMedium, colors.text, m_preview.title);
    const QString below = m_preview.site.isEmpty() ? m_preview.about : m_preview.site;
    line(top + title, site, TextStyle::Small, colors.text2, below);
}

}
