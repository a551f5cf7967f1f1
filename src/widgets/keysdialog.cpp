#include "widgets/keysdialog.h"

#include "widgets/confabstyle.h"
#include "widgets/keycap.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

namespace confab {

namespace {

constexpr int kRowHeight = 32;

}

KeysDialog::KeysDialog(const Theme &theme, const QList<Entry> &entries, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("keysDialog"));
    setWindowTitle(tr("Keys"));
    setBackgroundRole(QPalette::Button);
    setAutoFillBackground(true);
    auto *heading = new QLabel(tr("Keys"), this);
    heading->setObjectName(QStringLiteral("keysHeading"));
    setText(heading, "heading", "text");
    auto *list = new QWidget;
    auto *grid = new QGridLayout(list);
    grid->setContentsMargins(0, 0, 12, 0);
    grid->setVerticalSpacing(0);
    grid->setColumnStretch(0, 1);
    for (int row = 0; row < entries.size(); ++row) {
        auto *what = new QLabel(entries.at(row).what, list);
        what->setTextFormat(Qt::PlainText);
        setText(what, "body", "text2");
        grid->addWidget(what, row, 0);
        auto *keys = new QHBoxLayout;
        keys->setSpacing(4);
        for (const QString &key : entries.at(row).keys)
            keys->addWidget(new KeyCap(theme, key, list));
        grid->addLayout(keys, row, 1, Qt::AlignRight);
        grid->setRowMinimumHeight(row, kRowHeight);
    }
    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("keysList"));
    scroll->setAccessibleName(tr("Keys"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setBackgroundRole(QPalette::Button);
    scroll->setWidget(list);
    auto *close = new QPushButton(tr("Close"), this);
    close->setObjectName(QStringLiteral("keysClose"));
    close->setAccessibleName(tr("Close"));
    close->setProperty(ConfabStyle::kRole, QStringLiteral("primary"));
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 16, 24, 16);
    column->setSpacing(12);
    column->addWidget(heading);
    column->addWidget(scroll, 1);
    column->addWidget(close, 0, Qt::AlignRight);
    resize(theme.scaled(440), theme.scaled(560));
}

}
