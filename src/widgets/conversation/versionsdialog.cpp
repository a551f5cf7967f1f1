#include "widgets/conversation/versionsdialog.h"

#include "widgets/confabstyle.h"
#include "widgets/conversation/conversationtext.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace confab {

namespace {

constexpr int kWidth = 420;
constexpr int kMostHeight = 360; // of the versions; more are scrolled

}

VersionsDialog::VersionsDialog(const QList<Message> &versions, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("versionsDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setBackgroundRole(QPalette::Button); // the token "raised"
    setAutoFillBackground(true);
    setWindowTitle(tr("Versions of this message"));
    auto *heading = new QLabel(windowTitle(), this);
    setText(heading, "heading", "text");
    auto *list = new QWidget;
    auto *rows = new QVBoxLayout(list);
    rows->setContentsMargins(0, 0, 8, 0);
    rows->setSpacing(2);
    for (qsizetype i = versions.size() - 1; i >= 0; --i) {
        const Message &version = versions.at(i);
        const QString when
            = tr("%1, %2").arg(dayText(version.ts.toLocalTime().date()), timeText(version.ts));
        auto *time = new QLabel(i + 1 == versions.size() ? tr("%1 (now)").arg(when) : when, list);
        setText(time, "meta", "text2");
        auto *words = new QLabel(version.text, list);
        words->setObjectName(QStringLiteral("version%1").arg(i));
        words->setTextFormat(Qt::PlainText);
        words->setWordWrap(true);
        words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        words->setAccessibleName(tr("%1: %2").arg(when, version.text));
        setText(words, "body", "text");
        rows->addWidget(time);
        rows->addWidget(words);
        rows->addSpacing(10);
    }
    rows->addStretch();
    auto *area = new QScrollArea(this);
    area->setObjectName(QStringLiteral("versionsArea"));
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(list);
    area->viewport()->setAutoFillBackground(false);
    list->setAutoFillBackground(false);
    auto *close = new QPushButton(tr("Close"), this);
    close->setObjectName(QStringLiteral("versionsCloseButton"));
    close->setDefault(true);
    close->setMinimumWidth(80 + 2 * ConfabStyle::kRing);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    auto *foot = new QHBoxLayout;
    foot->addStretch();
    foot->addWidget(close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 20);
    column->setSpacing(12);
    column->addWidget(heading);
    column->addWidget(area, 1);
    column->addLayout(foot);
    const QMargins sides = column->contentsMargins();
    const int room = kWidth - sides.left() - sides.right() - area->verticalScrollBar()->sizeHint().width();
    area->setMinimumHeight(qMin(rows->heightForWidth(room), kMostHeight));
    resize(kWidth, minimumSizeHint().height());
}

}
