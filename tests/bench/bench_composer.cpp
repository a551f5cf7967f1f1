#include "figures.h"
#include "widgets/composer/emojibook.h"
#include "widgets/composer/emojipicker.h"
#include "widgets/composer/spellchecker.h"
#include "widgets/conversation/composeredit.h"

#include <QApplication>
#include <QEventLoop>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QTimer>

#include <cstdio>

// What a key costs in a draft of 10 kB, in the composer with spelling on beside a bare
// QPlainTextEdit, and what the emoji picker costs when it is opened. Prints one figure a line:
// bench_composer [--json]. The languages are those of the dictionaries that are installed.

namespace confab {

namespace {

constexpr int kKeys = 400;
constexpr qsizetype kDraft = 10'000;

/// Lines of about 80 letters with some marks and names in them. Without emoji: Qt decodes those
/// again whenever it shapes them, in any field.
QString draft()
{
    const QString line
        = QStringLiteral("The *quick* brown fox, said @Ann, jumps ovr the lazy dog "
                         "and reads https://example.org/a today. ");
    QString text;
    int lines = 0;
    while (text.size() < kDraft) {
        text += line;
        if (++lines % 3 == 0)
            text += u'\n';
    }
    return text;
}

void turn()
{
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
}

/// From the key to the painted text, in ms, of keys typed in the middle of the draft.
std::vector<double> keyTimes(QPlainTextEdit &edit)
{
    edit.resize(600, 184);
    edit.show();
    edit.setFocus();
    QTextCursor cursor = edit.textCursor();
    cursor.setPosition(int(kDraft / 2));
    edit.setTextCursor(cursor);
    turn();
    std::vector<double> times;
    for (int i = 0; i < kKeys; ++i) {
        const char letter = i % 6 == 5 ? ' ' : char('a' + i % 26);
        const auto began = std::chrono::steady_clock::now();
        QKeyEvent press(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier, QString(QLatin1Char(letter)));
        QApplication::sendEvent(&edit, &press);
        edit.viewport()->repaint();
        times.push_back(1000 * secondsSince(began));
        turn();
    }
    return times;
}

void print(const char *what, double value, bool json, bool isLast = false)
{
    if (json)
        std::printf("\"%s\": %.3f%s", what, value, isLast ? "}\n" : ", ");
    else
        std::printf("%-52s %10.3f\n", what, value);
}

void measure(bool json)
{
    const Theme theme;
    if (json)
        std::printf("{");

    QPlainTextEdit bare;
    bare.setFont(theme.font(TextStyle::Body));
    bare.setPlainText(draft());
    const std::vector<double> floor = keyTimes(bare);
    bare.hide();

    SpellChecker speller;
    QStringList languages;
    for (const Dictionary &dictionary : speller.dictionaries())
        languages += dictionary.language;
    speller.setLanguages(languages.mid(0, 2));
    EmojiBook book;
    ComposerEdit edit(theme, speller, book);
    edit.setFont(theme.font(TextStyle::Body));
    edit.setMarked({draft(), {}, {}}, 0);
    if (speller.isActive()) { // dictionaries are read and the draft is judged
        QEventLoop loop;
        QObject::connect(&speller, &SpellChecker::wrongWordsFound, &loop, &QEventLoop::quit);
        QTimer::singleShot(10'000, &loop, &QEventLoop::quit);
        loop.exec();
    }
    const std::vector<double> ours = keyTimes(edit);
    print("languages checked", double(speller.languages().size()), json);
    print("key to paint, bare field, median (ms)", quantile(floor, 0.5), json);
    print("key to paint, bare field, 99 % (ms)", quantile(floor, 0.99), json);
    print("key to paint, composer, median (ms)", quantile(ours, 0.5), json);
    print("key to paint, composer, 99 % (ms)", quantile(ours, 0.99), json);
    print("key to paint, composer by bare field", quantile(ours, 0.5) / quantile(floor, 0.5), json);

    edit.hide();
    QWidget window; // of the size of a conversation
    window.resize(980, 700);
    window.show();
    turn();
    EmojiPicker picker(theme, book, &window);
    const auto open = [&picker] {
        const auto began = std::chrono::steady_clock::now();
        picker.showAt({300, 500, 36, 36});
        turn();
        picker.repaint();
        const double ms = 1000 * secondsSince(began);
        picker.hide();
        turn();
        return ms;
    };
    print("emoji picker, first open (ms)", open(), json);
    std::vector<double> again;
    for (int i = 0; i < 20; ++i)
        again.push_back(open());
    print("emoji picker, opened again, worst of 20 (ms)", quantile(again, 1.0), json, true);
}

}

}

int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    confab::measure(QApplication::arguments().contains(QLatin1String("--json")));
    return 0;
}
