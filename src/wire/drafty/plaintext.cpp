#include "wire/drafty/plaintext.h"
namespace confab::wire { QString plainText(const Head &, const JsonBlob &content) { return content.string(); } }
